/** Every contestant once in each round, each round beginning with another one; rounds count from 0. */
export function* inTurns<Contestant>(
  rounds: number,
  contestants: readonly Contestant[],
): Generator<readonly [round: number, contestant: Contestant]> {
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < contestants.length; place += 1) {
      yield [round, contestants[(round + place) % contestants.length] as Contestant];
    }
  }
}
