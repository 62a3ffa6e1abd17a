/** What is wrong with a file, in words for somebody who has never heard of hashes. */
import { useLingui } from "@lingui/react/macro";
import type { Fault, Hindrance } from "./findings";

export function useFaultWords(): (fault: Fault) => string {
  const { t } = useLingui();
  const words: Readonly<Record<Fault, string>> = {
    "file-damaged": t`A part of the file is damaged.`,
    "file-foreign": t`The record holds a file that does not belong in one.`,
    "file-twice": t`The record holds or lists a file twice.`,
    "file-missing": t`A file that belongs in the record is missing.`,
    "file-changed": t`A file is not the one that was exported: it was changed afterwards.`,
    "file-unlisted": t`A file was put into the record after it was exported.`,
    "evidence-misnamed": t`An attached file is not the one that it is named after.`,
    "attached-length": t`An attached file does not have the length that the record says.`,
    "paper-not-printed": t`A paper in it is not the one that the record tells of.`,
    form: t`Something is not written in the form that records have.`,
    "manifest-signature": t`The list of contents was changed after the export, or somebody else signed it.`,
    "key-list": t`The list of signing keys contradicts itself.`,
    "key-handover": t`A signing key was not handed over by the one before it.`,
    "key-not-expected": t`The record is signed by another key than the one you gave.`,
    "checkpoint-place": t`A seal is missing or out of place.`,
    "checkpoint-signature": t`A seal was changed, or somebody else signed it.`,
    "checkpoint-key": t`A seal is signed by a key that did not sign then.`,
    "checkpoint-link": t`A seal does not follow the one before it: there was another one between or instead.`,
    "checkpoint-time": t`A seal has a date that does not fit.`,
    "other-case": t`Something in the record belongs to another case.`,
    "room-list": t`The record contradicts itself about which rooms it holds.`,
    "entry-place": t`An entry is missing or out of place.`,
    "room-length": t`Entries are missing, or there are too many.`,
    "opening-foreign": t`A seal is opened for something that is not its own.`,
    "opening-missing": t`What a seal holds is not shown.`,
    "opening-length": t`A seal holds another number of entries than can be.`,
    "opening-mismatch": t`Entries are not what was sealed: they were changed, or others were put in their place.`,
    "paper-unsealed": t`A paper was added without its seal.`,
    head: t`The last entries were changed.`,
    "transcript-place": t`A transcript is out of order.`,
  };
  return (fault) => words[fault];
}

export function useHindranceWords(): (hindrance: Hindrance) => { title: string; next: string } {
  const { t } = useLingui();
  const words: Readonly<Record<Hindrance, { title: string; next: string }>> = {
    "not-a-bundle": {
      title: t`This is no record from a portal like this one.`,
      next: t`Choose the file exactly as it was downloaded (its name ends in .zip). A program that packs it again changes it.`,
    },
    "too-large": { title: t`This file is too large to be checked in a browser.`, next: t`The program “mediation verify” checks larger ones.` },
    "no-ed25519": {
      title: t`This browser cannot check the signatures.`,
      next: t`Nothing is said about the record by that. Use a newer browser, or the program “mediation verify”.`,
    },
  };
  return (hindrance) => words[hindrance];
}
