/** What administrators do: accounts and organisations. None of it leads into a room. */
import { request } from "./client";

export type OrganisationKind = "business" | "provider";
export type OrganisationRole = "lead" | "staff";

export interface StaffAccount {
  account_id: string;
  name: string;
  email: string;
  administrator: boolean;
  disabled_at: string | null;
  /** Its owner has not chosen a way to sign in yet. */
  waiting: boolean;
  created_at: string;
  organisations: readonly { organisation: string; name: string; kind: OrganisationKind; role: OrganisationRole }[];
}

export interface NewAccount {
  name: string;
  email: string;
  administrator: boolean;
  organisation: string | null;
  role: OrganisationRole;
  language: "en" | "de";
}

export interface Organisation {
  organisation: string;
  kind: OrganisationKind;
  name: string;
  slug: string;
  place: string;
  email: string;
  members: readonly { account_id: string; name: string; email: string | null; role: OrganisationRole }[];
}

export type NewOrganisation = Omit<Organisation, "organisation" | "members">;

export async function staffAccounts(): Promise<readonly StaffAccount[]> {
  return (await request<{ accounts: readonly StaffAccount[] }>("GET", "/api/admin/accounts")).accounts;
}

/** A letter with a link to choose a password goes to the address. */
export function addAccount(commandId: string, account: NewAccount): Promise<unknown> {
  return request("POST", "/api/admin/accounts", { body: { ...account, command_id: commandId }, tries: 3 });
}

export function changeAccount(accountId: string, change: { disabled: boolean; administrator: boolean }): Promise<unknown> {
  return request("PUT", `/api/admin/accounts/${accountId}`, { body: change, tries: 3 });
}

export async function organisations(): Promise<readonly Organisation[]> {
  return (await request<{ organisations: readonly Organisation[] }>("GET", "/api/admin/organisations")).organisations;
}

export function addOrganisation(commandId: string, organisation: NewOrganisation): Promise<unknown> {
  return request("POST", "/api/admin/organisations", { body: { ...organisation, command_id: commandId }, tries: 3 });
}

export function addMember(organisation: string, account: string, role: OrganisationRole): Promise<unknown> {
  return request("POST", `/api/admin/organisations/${organisation}/members`, { body: { account, role }, tries: 3 });
}

export function removeMember(organisation: string, account: string): Promise<unknown> {
  return request("DELETE", `/api/admin/organisations/${organisation}/members/${account}`, { tries: 3 });
}

export interface Complaint {
  complaint: string;
  reference: string;
  /** The provider it went to; `null` when it came to the administrators. */
  to: string | null;
  about: string;
  by: string;
  case_id: string;
  text: string;
  created_at: string;
  handled_at: string | null;
}

/** Those about mediators whom one's own organisation answers for. */
export async function complaints(): Promise<readonly Complaint[]> {
  return (await request<{ complaints: readonly Complaint[] }>("GET", "/api/complaints")).complaints;
}
