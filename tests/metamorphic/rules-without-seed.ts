/** Rules that no generated program is made for, with the reason. Their own tests hold their variants. */
export const rulesWithoutSeed: Readonly<Record<string, string>> = {};
