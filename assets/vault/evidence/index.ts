/** Bundles of evidence in the browser: reading, checking, and adding what somebody chooses to show. */
export * as bag from "./bag";
export * as bundle from "./bundle";
export * as stamp from "./stamp";
export * as zip from "./zip";
export { BrokenLink, LINKS } from "./verdict";
