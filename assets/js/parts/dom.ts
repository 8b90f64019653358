// Small words for the document.

type Of<E extends Event> = E & { target: Element };

/** Runs `then` for events whose target is inside something that matches. */
export function on<K extends keyof DocumentEventMap>(kind: K, selector: string, then: (found: HTMLElement, event: DocumentEventMap[K]) => void): void {
  document.addEventListener(kind, (event) => {
    const target = (event as Of<DocumentEventMap[K]>).target;
    const found = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
    if (found) then(found, event);
  });
}

/** Runs `then` now and after every htmx swap. */
export function always(then: () => void): void {
  then();
  document.addEventListener("htmx:after:swap", then);
}

export const all = <E extends HTMLElement>(selector: string, root: ParentNode = document): E[] => [...root.querySelectorAll<E>(selector)];

/** A new element with words in it; words are never read as markup. */
export function made<K extends keyof HTMLElementTagNameMap>(tag: K, className = "", words = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = words;
  return element;
}

/** "14:02", as the page's language writes it. */
export const clock = (): string => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

/** Waits until calls stop for a while. */
export function settled(then: () => void, pause: number): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(then, pause);
  };
}
