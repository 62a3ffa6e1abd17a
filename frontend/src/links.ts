/** The addresses of our pages. */
export const links = {
  cases: "/",
  signIn: "/sign-in",
  newCase: "/cases/new",
  table: (caseId: string) => `/cases/${caseId}`,
  talk: (caseId: string, room: string) => `/cases/${caseId}/talk/${room}`,
  settlement: (caseId: string) => `/cases/${caseId}/settlement`,
  agreement: (caseId: string) => `/cases/${caseId}/agreement`,
  ladder: (caseId: string) => `/cases/${caseId}/ladder`,
  people: (caseId: string) => `/cases/${caseId}/people`,
  papers: (caseId: string) => `/cases/${caseId}/papers`,
} as const;
