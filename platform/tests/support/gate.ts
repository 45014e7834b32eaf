export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** Something that one part of a test waits for and another lets happen. */
export function gate(): Gate {
  let open: (() => void) | undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open?.() };
}
