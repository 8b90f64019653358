/** The page's side of the worker: ask by name, wait for the answer, hear how far a sealing is. */
import type { Touch } from "./engine/passkey";
import type { Pins } from "./engine/sync";
import { movable, touch } from "./ui/touch";
import type { Calls } from "./worker";

export class Failed extends Error {
  /** `proof` is what shows a server's misbehaviour to others, ready to be written to a file. */
  constructor(readonly code: string, readonly detail: string, readonly proof: Record<string, unknown> | null = null) {
    super(code);
  }
}

export interface Progress {
  file: number;
  step: "encrypting" | "sending" | "waiting" | "sent";
  done: number;
  total: number;
}

type Answer = { no: number; done?: unknown; failed?: { code: string; detail: string; proof?: Record<string, unknown> } };
type Said = Answer | Progress | { pins: Pins; origin: string } | { touch: Touch };

const PINS = "crosslab-vault-pins";
const WORKER = "/vault/app/worker.js";
const waiting = new Map<number, { done(value: unknown): void; fail(error: Failed): void }>();
let last = 0;
let worker: Worker | null = null;
/** Whoever wants to hear how far a sealing is, or that something waits until a changed key was looked at. */
export const hearing = { progress: (_: Progress): void => undefined, changedKey: (): void => undefined };

/** Calls a function in the worker that holds the keys. */
export function ask<K extends keyof Calls>(call: K, ...args: Parameters<Calls[K]>): ReturnType<Calls[K]> {
  worker ??= started();
  const no = ++last;
  worker.postMessage({ no, call, args });
  return new Promise((done, fail) => waiting.set(no, { done, fail })) as ReturnType<Calls[K]>;
}

/** What this device has seen of each log: checkpoint, heads and compared fingerprints, nothing else. */
export function pins(): Record<string, Pins> {
  try {
    return JSON.parse(localStorage.getItem(PINS) ?? "{}") as Record<string, Pins>;
  } catch {
    return {};
  }
}

/** Forgets what this device has seen of a log. From then on it believes what it is shown first. */
export function forgetPins(origin: string): void {
  const { [origin]: _, ...rest } = pins();
  localStorage.setItem(PINS, JSON.stringify(rest));
}

/**
 * A worker's address is a script address to the browser, so the page's policy names one maker of such addresses,
 * which knows only this one.
 */
function started(): Worker {
  const policy = window.trustedTypes?.createPolicy("crosslab-worker", { createScriptURL: () => WORKER });
  const made = new Worker((policy?.createScriptURL("") ?? WORKER) as string, { type: "module" });
  made.onmessage = ({ data }: MessageEvent<Said>) => heard(data);
  made.onerror = () => failAll(new Failed("no-worker", ""));
  return made;
}

function heard(said: Said): void {
  if ("pins" in said) localStorage.setItem(PINS, JSON.stringify({ ...pins(), [said.origin]: said.pins }));
  else if ("step" in said) hearing.progress(said);
  else if ("touch" in said) void answer(said.touch);
  else {
    const asked = waiting.get(said.no);
    waiting.delete(said.no);
    if (said.failed?.code === "key-changed") hearing.changedKey();
    if (said.failed) asked?.fail(new Failed(said.failed.code, said.failed.detail, said.failed.proof));
    else asked?.done(said.done);
  }
}

async function answer(asked: Touch): Promise<void> {
  const touched = await touch(asked);
  worker?.postMessage({ touched }, movable(touched));
}

function failAll(error: Failed): void {
  for (const asked of waiting.values()) asked.fail(error);
  waiting.clear();
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(input: string): string }): { createScriptURL(input: string): unknown } };
  }
}
