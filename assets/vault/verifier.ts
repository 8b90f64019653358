/** What checks a bundle, fetched when the first one is chosen. */
export { verify } from "./evidence/bundle";
export { fingerprintsIn } from "./evidence/certificates";
export { BrokenLink } from "./evidence/verdict";
export { readZip } from "./evidence/zip";
