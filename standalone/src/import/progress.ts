/// <reference path="./cli-progress.d.ts" />
import { type Bar, SingleBar } from 'cli-progress';

/** One stretch of work whose end is known: `total` things of which some are done. */
export interface Phase {
  /** Sets how much is done, and the total when it has changed. */
  set(done: number, total?: number): void;
  add(done: number): void;
  end(): void;
}

/** Shows how far the work is. */
export interface Progress {
  phase(label: string, total: number): Phase;
}

const LINE_EVERY_MS = 5_000;

/** Bars that move in place on a terminal; elsewhere a line when a phase begins, every few seconds, and when it ends. */
export function showProgress(output: NodeJS.WriteStream): Progress {
  return {
    phase: output.isTTY
      ? (label, total) => barPhase(output, label, total)
      : (label, total) => linePhase(output, label, total),
  };
}

function barPhase(stream: NodeJS.WriteStream, label: string, total: number): Phase {
  const bar: Bar = new SingleBar({
    stream,
    format: `${label.padEnd(34)} {bar} {percentage}% | {value}/{total} | {duration_formatted}`,
    hideCursor: true,
  });
  bar.start(total, 0);
  return {
    set(done, newTotal) {
      if (newTotal !== undefined) bar.setTotal(newTotal);
      bar.update(done);
    },
    add: (done) => bar.increment(done),
    end() {
      bar.update(bar.getTotal());
      bar.stop();
    },
  };
}

function linePhase(output: NodeJS.WritableStream, label: string, firstTotal: number): Phase {
  const began = Date.now();
  let total = firstTotal;
  let done = 0;
  let shownAt = began;
  let shown: number | undefined;
  const show = () => {
    if (shown === done) return;
    shown = done;
    shownAt = Date.now();
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    output.write(`${label}: ${done} of ${total} (${percent}%), ${Math.round((shownAt - began) / 1000)} s\n`);
  };
  const showWhenDue = () => {
    if (Date.now() - shownAt >= LINE_EVERY_MS) show();
  };
  return {
    set(newDone, newTotal = total) {
      done = newDone;
      total = newTotal;
      showWhenDue();
    },
    add(more) {
      done += more;
      showWhenDue();
    },
    end() {
      done = total;
      show();
    },
  };
}
