// The one thing we ask of htmx from a script: fetch a page and lay it somewhere.

interface Htmx {
  ajax(method: "GET" | "POST", url: string, how: { target: Element; swap: string; select?: string; values?: Record<string, string> }): Promise<void>;
}

export const htmx = (): Htmx => (window as unknown as { htmx: Htmx }).htmx;
