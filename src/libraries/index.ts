import type { LibraryDescriptor } from './descriptor.ts';
import { jose } from './jose.ts';
import { jsonwebtoken } from './jsonwebtoken.ts';

/** Every library the plugin knows. */
export const libraries: readonly LibraryDescriptor[] = [jose, jsonwebtoken];
