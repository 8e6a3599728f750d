import { type Db, db } from "@/db/client";
import { type MadeId, saveMadeIds, selectMadeIds, takeFormKey } from "@/db/queries/form-keys";

type MakeOnce<Id extends MadeId> = {
  /** Whose form it is. */
  userId: number;
  /** Made by the form that asks; one without a key makes something each time. */
  formKey: string | undefined;
  /** Returns the ids of what it made. */
  make: (tx: Db) => Promise<Id[]>;
};

/**
 * Makes something in a transaction, once for each form: one that is sent again because its answer was lost gets the
 * ids of what it made the first time. A form's key is known for a day. Throws what `make` throws; the key is then free.
 */
export function makeOnce<Id extends MadeId>({
  userId,
  formKey,
  make,
}: MakeOnce<Id>): Promise<{ ids: Id[]; isRepeat: boolean }> {
  return db().transaction(async (tx) => {
    if (formKey === undefined) return { ids: await make(tx), isRepeat: false };
    const taken = { userId, key: formKey };
    if (!(await takeFormKey(tx, taken))) return { ids: await selectMadeIds<Id>(tx, taken), isRepeat: true };
    const ids = await make(tx);
    await saveMadeIds(tx, { ...taken, ids });
    return { ids, isRepeat: false };
  });
}
