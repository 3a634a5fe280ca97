/** How a call says what it keeps: a state that a function makes, one of a reducer, or one value under a key. */
export type Keeping = 'initializer' | 'reducer' | 'key';

/** Calls after which a library keeps a state in a store of the browser, by module and export. */
export const KEEPING: Readonly<Record<string, Keeping>> = {
  'zustand/middleware#persist': 'initializer',
  'redux-persist#persistReducer': 'reducer',
  'redux-persist#persistCombineReducers': 'reducer',
  'jotai/utils#atomWithStorage': 'key',
  'usehooks-ts#useLocalStorage': 'key',
  'usehooks-ts#useSessionStorage': 'key',
  'react-use#useLocalStorage': 'key',
  'react-use#useSessionStorage': 'key',
  '@vueuse/core#useLocalStorage': 'key',
  '@vueuse/core#useSessionStorage': 'key',
  '@vueuse/core#useStorage': 'key',
};
