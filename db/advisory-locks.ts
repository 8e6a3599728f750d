/** Every advisory lock of the product, in one place, because two of the same number shut each other out. */
export const ADVISORY_LOCKS = {
  migration: 7_305_101,
  leader: 7_305_102,
  userChanges: 7_305_103,
  revisions: 7_305_104,
  iikoMessages: 7_305_105,
  turns: 7_305_106,
} as const;
