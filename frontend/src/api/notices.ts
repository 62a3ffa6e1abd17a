/** What is new for oneself, and how one wants to be told. */
import { request } from "./client";
import type { components } from "./schema";

type Shapes = components["schemas"];

export type Notice = Shapes["NoticeView"];
export type NoticeKind = Notice["kind"];
export type CaseNotices = Shapes["CaseNotices"];
export type How = Shapes["NoticeWishes"]["awaits"];
export type NoticeWishes = Shapes["NoticeWishes"];

export function noticesOf(caseId: string): Promise<CaseNotices> {
  return request("GET", `/api/cases/${caseId}/notices`);
}

/** The unread ones of all one's cases. */
export async function myNotices(): Promise<readonly Notice[]> {
  return (await request<Shapes["AccountNotices"]>("GET", "/api/account/notices")).notices;
}

/** Say that one has read a room up to an entry. */
export function markRead(caseId: string, room: string, upto: number): Promise<void> {
  return request("POST", `/api/cases/${caseId}/notices/read`, { body: { room, upto }, tries: 3 });
}

/** `null`: as everywhere else. */
export function wishForRoom(caseId: string, room: string, how: How | null): Promise<unknown> {
  return request("PUT", `/api/cases/${caseId}/notice-wishes`, { body: { room, how }, tries: 3 });
}

export function myWishes(): Promise<NoticeWishes> {
  return request("GET", "/api/account/notice-wishes");
}

export function keepWishes(wishes: NoticeWishes): Promise<NoticeWishes> {
  return request("PUT", "/api/account/notice-wishes", { body: wishes, tries: 3 });
}

export function calendarOf(notice: Notice): string {
  return `/api/cases/${notice.case}/notices/${notice.notice}/calendar`;
}
