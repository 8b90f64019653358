/** One after another: what reads the register anew or writes into it never runs beside another that does. */
export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

/** A queue of its own. What failed is told to whoever asked for it and holds nobody up. */
export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = last.then(act);
    last = mine.catch(() => undefined);
    return mine;
  };
}
