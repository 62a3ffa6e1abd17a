/** The clauses that one can begin with on a case. */
import type { I18n } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import { useCallback, useMemo } from "react";
import { offeredClauses, type ReadyClause } from "../../api/readyClauses";
import { LIBRARY, type LibraryClause, TAKES_RIGHTS } from "../../drafting/library/clauses";
import { useLoaded } from "../../live/useLoaded";
import { isLanguage, type Language, wordsIn } from "../../text/language";

/** A clause to begin with, of this portal or of the mediator's provider. */
export interface Offered {
  id: string;
  /** Whose it is; null for the portal's own. */
  provider: string | null;
  name: string;
  /** What it is for or does, in a line or two. */
  use: string;
  words: string;
  language: Language;
  means: string;
  /** Of what is said about the clause. */
  toldIn: Language;
  warning: string | null;
}

/**
 * The provider's own first, of these the ones in the language of the text. The portal's are worded in that language,
 * told in the reader's, and there even when the provider's could not be fetched. `textLanguage` is a BCP 47 tag, or null
 * while nobody has said in which language the text is.
 */
export function useOffered(caseId: string, textLanguage: string | null) {
  const { i18n } = useLingui();
  const toldIn = isLanguage(i18n.locale) ? i18n.locale : "en";
  const tongue = textLanguage?.slice(0, 2).toLowerCase();
  const language = isLanguage(tongue) ? tongue : toldIn;
  const { loaded, again } = useLoaded(useCallback(() => offeredClauses(caseId), [caseId]));
  const { loaded: catalogue } = useLoaded(useCallback(() => wordsIn(language), [language]));
  const offered = useMemo(() => {
    const own = loaded.state === "here" ? loaded.it.map((one) => ofProvider(one, i18n)) : [];
    const fitting = own.filter((one) => one.language === language);
    const others = own.filter((one) => one.language !== language);
    const worded = catalogue.state === "here" ? { by: catalogue.it, language } : { by: i18n, language: toldIn };
    return [...fitting, ...others, ...LIBRARY.map((one) => ofPortal(one, worded, { by: i18n, language: toldIn }))];
  }, [loaded, catalogue, i18n, language, toldIn]);
  const isLoading = loaded.state === "loading" || catalogue.state === "loading";
  return { offered, language, state: isLoading ? "loading" : loaded.state, again };
}

function ofProvider({ clause, provider, language, title, words, means, takes_rights }: ReadyClause, screen: I18n): Offered {
  const warning = takes_rights ? screen._(TAKES_RIGHTS) : null;
  return { id: clause, provider, name: title, use: means, words, language, means, toldIn: language, warning };
}

interface Voice {
  by: I18n;
  language: Language;
}

function ofPortal({ id, name, use, words, means, warning }: LibraryClause, worded: Voice, told: Voice): Offered {
  return {
    id,
    provider: null,
    name: told.by._(name),
    use: told.by._(use),
    words: worded.by._(words),
    language: worded.language,
    means: told.by._(means),
    toldIn: told.language,
    warning: warning === null ? null : told.by._(warning),
  };
}
