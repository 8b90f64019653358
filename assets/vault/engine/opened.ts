/** A version as it was opened: its content key, title and files. */
export interface OpenedVersion {
  identity: string;
  title: string;
  description: string;
  files: { name: string; type: string; size: number; sha256: string; blob: string }[];
}
