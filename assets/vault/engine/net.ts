/** The vault's requests: same origin, session cookie, and nothing of a fragment or a key in any of them. */
import { type Bytes, textOf } from "../core/bytes";
import { Trouble } from "./troubles";

/** The chain moved on while a statement was being made: make it again behind the new head. */
export class Stale extends Error {}

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

/** Sends a sealed file, saying how far it is; gives up when `signal` says so. */
export function send(path: string, body: Blob, told: (sent: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    request.open("PUT", path);
    request.setRequestHeader("x-csrf", csrf);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = (event) => told(event.loaded);
    request.onload = () => (request.status < 300 ? done() : fail(refusal(request.status, request.responseText)));
    request.onerror = () => fail(new Trouble("offline"));
    request.onabort = () => fail(new Trouble("cancelled"));
    request.onloadend = () => signal.removeEventListener("abort", stop);
    signal.addEventListener("abort", stop);
    request.send(body);
  });
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
