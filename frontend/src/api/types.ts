/** The server's shapes under the names the screens use. They come from the generated schema (`npm run types`). */
import type { components } from "./schema";

type Shapes = components["schemas"];

export type CaseView = Shapes["CaseView"];
export type NowNext = CaseView["line"];
export type PartyView = Shapes["PartyView"];
export type PersonView = Shapes["PersonView"];
export type RungView = Shapes["RungView"];
export type TermView = Shapes["TermView"];
export type RoomView = Shapes["RoomView"];
export type IssueView = Shapes["IssueView"];
export type PositionView = Shapes["PositionView"];
export type ReflectionView = Shapes["ReflectionView"];
export type StatementView = Shapes["StatementView"];
export type OfferView = Shapes["OfferView"];
export type ScribedView = Shapes["ScribedView"];
export type SharingView = Shapes["SharingView"];
export type FileView = Shapes["FileView"];
export type DraftingView = Shapes["DraftingView"];
export type DocumentView = Shapes["DocumentView"];
export type OwnDraftView = Shapes["OwnDraftView"];
export type SuggestionView = Shapes["SuggestionView"];
export type CommentView = Shapes["CommentView"];
export type VersionView = Shapes["VersionView"];
export type SigningView = Shapes["SigningView"];
export type SignatureView = Shapes["SignatureView"];
export type PrintedView = Shapes["PrintedView"];
export type HoldView = Shapes["HoldView"];
export type Money = Shapes["Money"];

export type Role = PersonView["role"];
export type Party = PartyView["party"];
export type Process = CaseView["process"];
export type Tier = CaseView["tier"];
export type Stage = NonNullable<CaseView["stage"]>;
export type Category = CaseView["category"];
export type Outcome = Shapes["EndingView"]["outcome"];
export type StatementKind = StatementView["kind"];
export type SharingForm = SharingView["form"];
export type FileOrigin = FileView["origin"];
