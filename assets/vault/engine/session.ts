/** What the server says of who is here. None of it is believed where a signed statement says otherwise. */
export interface Partner {
  id: string;
  name: string;
  initials: string;
  vault_id: string | null;
  joined: boolean;
  mine?: boolean;
  people: string[];
}

export interface Together {
  id: string;
  slug: string;
  name: string;
  challenge: string;
  /** The rules on rights that the consortium chose on the platform; named in its first statement. */
  regime: string;
  vault_id: string | null;
  lead_organisation_id: string;
  i_lead: boolean;
  my_organisations: string[];
  partners: Partner[];
  /** Who is outside and may be offered a release: the challenge's body, and those something was released to. */
  recipients: { name: string; vault_id: string }[];
}

export interface House {
  id: string;
  name: string;
  slug: string;
  initials: string;
  roles: string[];
  vault_id: string | null;
  epoch: number;
  /** Persons whose chains ask to be let in. */
  asking?: string[];
  /** Who works there, as the platform says, and their keys. */
  people?: { name: string; vault_id: string | null }[];
}

export interface Session {
  person: { id: string; name: string; email: string; initials: string; vault_id: string | null; ways: Record<string, string> };
  csrf: string;
  lang: string;
  log: { origin: string; vkey: string; witnesses?: string[]; quorum?: number; earlier?: string[] };
  organisations: House[];
  consortia: Together[];
  /** What consortia we are not in have released to us: their chain, and the releases on it. */
  released: { consortium: string; chain: string; releases: string[] }[];
  limits: { blob: number; attachment: number; note: number };
}
