/** The vault's requests: same origin, session cookie, and nothing of a fragment or a key in any of them. */
import { type Bytes, textOf } from "../core/bytes";
import { Trouble } from "./troubles";

/** The chain moved on while a statement was being made: make it again behind the new head. */
export class Stale extends Error {}

/** The line broke, or the server asks for patience: the same may be tried again. */
export class Passing extends Trouble {}

let csrf = "";
export const useToken = (token: string): void => {
  csrf = token;
};

export async function get(path: string): Promise<Response> {
  return accepted(await reach(path, {}));
}

export const getJson = async <T>(path: string): Promise<T> => jsonIn(await getBytes(path)) as T;
export const getBytes = async (path: string): Promise<Bytes> => new Uint8Array(await (await get(path)).arrayBuffer());

/** What an answer says. Whatever stands before the server may answer in its place; what is no JSON is no word of ours. */
export function jsonIn(data: Bytes): unknown {
  try {
    return JSON.parse(textOf(data));
  } catch {
    throw new Trouble("server");
  }
}

/** The bytes at a path, or null when there are none. */
export async function lookFor(path: string): Promise<Bytes | null> {
  const answer = await reach(path, {});
  if (answer.status === 404) return null;
  return new Uint8Array(await (await accepted(answer)).arrayBuffer());
}

export async function post<T>(path: string, form: FormData): Promise<T> {
  const answer = await reach(path, { method: "POST", body: form });
  if (answer.status === 409 && ((await answer.clone().json()) as { error?: string }).error === "stale") throw new Stale();
  return (await (await accepted(answer)).json()) as T;
}

export async function put(path: string, body: Bytes): Promise<void> {
  await accepted(await reach(path, { method: "PUT", body }));
}

export async function remove(path: string): Promise<void> {
  await accepted(await reach(path, { method: "DELETE" }));
}

/** What the server has of a sealed file that is whole: more than any number of bytes. */
export const WHOLE = Infinity;

/** How many bytes of a sealed file of ours the server has. All of them may have come, and the file not be whole yet. */
export async function comeSoFar(path: string, signal: AbortSignal): Promise<number> {
  const answer = await reach(path, { method: "HEAD", signal }).catch(() => {
    throw new Passing("offline");
  });
  if (!answer.ok) throw passing(answer.status, false) ?? refusal(answer.status, "");
  return answer.headers.get("upload-complete") === "?1" ? WHOLE : Number(answer.headers.get("upload-offset")) || 0;
}

/** Hands over a sealed file or a part of it, saying how far it is; gives up when `signal` says so. */
export function handOver(
  method: string, path: string, body: Blob, headers: Record<string, string>, told: (sent: number) => void, signal: AbortSignal,
): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    request.open(method, path);
    for (const [name, value] of Object.entries({ ...headers, accept: "application/json", "x-csrf": csrf })) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => told(event.loaded);
    request.onload = () => (request.status < 300 ? done() : fail(broken(request)));
    request.onerror = () => fail(new Passing("offline"));
    request.onabort = () => fail(new Trouble("cancelled"));
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    if (signal.aborted) fail(new Trouble("cancelled"));
    else request.send(body);
  });
}

function broken(request: XMLHttpRequest): Trouble {
  const elsewhere = request.status === 409 && request.getResponseHeader("upload-complete") === "?0";
  return passing(request.status, elsewhere) ?? refusal(request.status, request.responseText);
}

/** A trouble that may pass by itself: a busy server, one that is just being started, or a file that goes on elsewhere. */
function passing(status: number, elsewhere: boolean): Passing | null {
  if (status === 429) return new Passing("busy");
  return elsewhere || [502, 503, 504].includes(status) ? new Passing("server", String(status)) : null;
}

async function reach(path: string, options: RequestInit): Promise<Response> {
  const headers = { accept: "application/json", ...(options.method ? { "x-csrf": csrf } : {}) };
  try {
    return await fetch(path, { ...options, headers, credentials: "same-origin", redirect: "error" });
  } catch {
    throw new Trouble("offline");
  }
}

async function accepted(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw refusal(answer.status, await answer.text());
}

function refusal(status: number, body: string): Trouble {
  if (status === 401) return new Trouble("signed-out");
  if (status === 429) return new Trouble("busy");
  try {
    return new Trouble("server", (JSON.parse(body) as { sentence?: string }).sentence ?? String(status));
  } catch {
    return new Trouble("server", String(status));
  }
}
