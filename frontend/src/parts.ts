import { speakInside } from "./text/language";

/** The parts of the app, each loaded when somebody comes to it: what one person never opens, their phone never fetches. */
export const parts = {
  join: () => import("./invitation/Join"),
  intake: () => import("./intake/Intake"),
  signIn: () => import("./account/SignIn"),
  newPassword: () => import("./account/NewPassword"),
  verify: () => import("./verify/VerifyPage"),
  lookUp: () => import("./look-up/LookUpPage"),
  workspace: async () => (await Promise.all([import("./app/Workspace"), speakInside()]))[0],
  caseload: () => import("./account/Caseload"),
  openCase: () => import("./account/OpenCase"),
  account: () => import("./account/AccountPage"),
  admin: () => import("./admin/AdminPage"),
  complaints: () => import("./admin/ComplaintsPage"),
  readyClauses: () => import("./admin/ReadyClausesPage"),
  webhook: () => import("./admin/WebhookPage"),
  policies: () => import("./admin/policies/PoliciesPage"),
  casePages: () => import("./case/CasePages"),
};

/** Fetch the workspace while the person still reads; what goes wrong here is met again, with words, when they go in. */
export function expectWorkspace(): void {
  void Promise.all([parts.workspace(), parts.casePages()]).catch(() => undefined);
}

/** Begin with what an address will need, so that it need not wait for the language. */
export function expectPage(path: string): void {
  const part =
    path === "/join" ? parts.join : path.startsWith("/to/") ? parts.intake : path === "/sign-in" ? parts.signIn : path === "/password" ? parts.newPassword : path === "/verify" ? parts.verify : path === "/look-up" ? parts.lookUp : parts.workspace;
  void part().catch(() => undefined);
}
