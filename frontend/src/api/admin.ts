/** What administrators do: accounts and organisations. None of it leads into a room. */
import { request } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];

export type StaffAccount = Shapes["StaffAccount"];
export type NewAccount = Omit<Shapes["AddAccount"], "command_id">;
export type Organisation = Shapes["OrganisationView"];
export type NewOrganisation = Omit<Shapes["AddOrganisation"], "command_id">;
export type OrganisationKind = Organisation["kind"];
export type OrganisationRole = Shapes["MemberView"]["role"];
export type Complaint = Shapes["ComplaintView"];

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

/** Those about mediators whom one's own organisation answers for. */
export async function complaints(): Promise<readonly Complaint[]> {
  return (await request<{ complaints: readonly Complaint[] }>("GET", "/api/complaints")).complaints;
}

/** Noting it twice is the same as once. */
export function markAnswered(complaint: string): Promise<unknown> {
  return request("POST", `/api/complaints/${complaint}/handled`, { tries: 3 });
}
