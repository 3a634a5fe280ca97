/**
 * The data format in which the plugin knows a JWT library. A descriptor is plain data: no functions, no syntax.
 * `src/analysis` interprets it; `docs/libraries.md` is generated from it; users extend it through
 * `settings['jwt-guard'].libraries`.
 */

/** What a call does to a token or a key. */
export type OperationKind =
  /** Issues a signed token. */
  | 'sign'
  /** Checks a token, or builds the thing that will (middleware, strategy, verifier factory). */
  | 'verify'
  /** Reads a token without checking it. */
  | 'decode'
  | 'encrypt'
  | 'decrypt'
  /** Sets defaults that other operations of the library take up (a module or plugin registration). */
  | 'configure'
  /** Makes a source of verification keys from a JWKS. */
  | 'key-set'
  /** Turns text or bytes into a key object. */
  | 'import-key'
  /** Names where a token is taken from in a request. */
  | 'extract';

/**
 * Where a call of an operation stands, from the library's exports on:
 * - `verify` a call of the export `verify`; `JWT.verify` of a member of an export
 * - `createVerifier()` after a name: the value that a call returns, so `createVerifier()()` is a call of the returned function
 * - `JwtService#verify` a method of an instance, whether constructed, injected by type or built by a subclass
 * - `new Strategy` a construction, `extends Strategy` the `super(...)` call of a subclass
 * - the empty string: a call of the module itself; `new ` its construction and `#verify` a method of such an instance
 */
export type CallPath = string;

/** The part an argument plays in a call. */
export type Role =
  | 'token' | 'key' | 'payload' | 'options' | 'callback' | 'algorithm' | 'header' | 'audience' | 'issuer'
  | 'noVerify' | 'nonce' | 'url' | 'keys' | 'claims' | 'handler' | 'name';

/** Zero-based argument places; `last` is the last argument, whatever its index, if it is a function. */
export type ArgumentPlaces = Readonly<Partial<Record<Role, number | 'last'>>>;

/** The things that can be settled about an operation, in the field's own terms whatever the library calls them. */
export type SettingName =
  // what is accepted, or how a token is made
  | 'key' | 'algorithms' | 'algorithm' | 'audience' | 'issuer' | 'subject' | 'type' | 'tokenId' | 'nonce'
  | 'maxAge' | 'clockTolerance' | 'currentTime' | 'requiredClaims' | 'critical'
  // switches that loosen a check
  | 'ignoreExpiration' | 'ignoreNotBefore' | 'ignoreIssuedAt' | 'insecureKeys' | 'skipVerification'
  | 'optionalAuthentication' | 'acceptExpired' | 'embeddedKey'
  // issuing
  | 'expiration' | 'notBefore' | 'issuedAt' | 'keyId' | 'noTimestamp' | 'payload' | 'header'
  // encryption
  | 'keyManagementAlgorithms' | 'contentEncryptionAlgorithms' | 'maxPBES2Count' | 'maxDecompressedLength'
  // key sets and transport
  | 'url' | 'tlsVerification' | 'cacheMaxAge' | 'cache' | 'rateLimit' | 'tokenSource';

/** How a place reads a time. `duration` counts from now, `instant` from the epoch. */
export interface TimeReading {
  readonly number: 'duration-s' | 'duration-ms' | 'instant-s' | 'instant-ms' | 'ignored' | 'rejected';
  /**
   * Grammar of a string: `ms` the vercel/ms grammar, where a string of digits alone is milliseconds; `jose` the jose
   * grammar, where a unit is mandatory; `number` a numeric string works like the number.
   */
  readonly text?: 'ms' | 'jose' | 'number' | 'rejected' | 'ignored';
}

/** One place where a setting can be made. */
export interface Place {
  /**
   * - `options.audience`, `payload.exp`: a property path in the argument of that role
   * - `key`, `algorithm`: the argument itself
   * - `.setAudience(0)`, `.setProtectedHeader(0).alg`: an argument of a builder call on the same object
   * - `new(0)`, `new(0).issuer`: an argument of the call that built the receiver
   * - `configuration.verifyOptions.audience`: a property path in what the library's `configure` operation is given
   */
  readonly at: string;
  /** Range of library versions that read this place, in semver range syntax. Default: all. */
  readonly versions?: string;
  /** For expiry, age and tolerance. */
  readonly time?: TimeReading;
  /** For switches: the value that loosens the check. Default `truthy`. */
  readonly on?: 'truthy' | 'false' | 'null';
  /** Types that are taken as written; anything else is misread as `misread` says. */
  readonly accepts?: readonly ValueType[];
  /** What the library does with a value of a type it does not accept. */
  readonly misread?: readonly Misreading[];
  /** The value is a list (`list`), a single value (`single`) or either (`either`). Default `either`. */
  readonly shape?: 'list' | 'single' | 'either';
  /** For a builder call: what one without an argument does. Default `now`, as in `setIssuedAt()`. */
  readonly bare?: 'now' | 'removes';
  /** For keys: names under which an object in this place holds the bytes of a key, and how each writes them (`hex`, `base64`, `utf8`). */
  readonly encodings?: Readonly<Record<string, BufferEncoding>>;
  /** What stands here decides, whatever the other places of the setting hold. */
  readonly decides?: boolean;
  /** Reading this place is deprecated: still read, never written by a remedy. */
  readonly readOnly?: boolean;
  /** Other places of the same setting that must then be empty: the library throws where both are made. */
  readonly excludes?: readonly string[];
  /** The lifetime of a session that is renewed by its use, not of a token that is handed out. */
  readonly session?: boolean;
  /** What the check does with a token that lacks the claim altogether. Default `rejected`. */
  readonly missingClaim?: 'accepted' | 'rejected';
  /**
   * For keys: what a function in this place, which is asked for the key, is handed, by parameter. Several: the one with
   * as many parameters as the function declares, else the first.
   */
  readonly keyFunction?: readonly (readonly HandedToKeyFunction[])[];
}

/** What a function that is asked for a key is handed in one of its parameters. */
export type HandedToKeyFunction =
  /** the JOSE header of the token, before anything is verified */
  | 'header'
  /** its `kid` alone */
  | 'kid'
  /** header and payload, as `header` and `payload` of an object */
  | 'decoded'
  /** the same, as `decoded` of an object */
  | 'artifacts'
  /** the payload, or header and payload where the library is told to decode completely */
  | 'claims'
  /** the token as text */
  | 'token'
  | 'request'
  /** takes an error and the key */
  | 'callback'
  /** something that says nothing about the token */
  | 'other';

export type ValueType = 'string' | 'numeric-string' | 'number' | 'boolean' | 'regexp' | 'array' | 'object' | 'set' | 'function' | 'undefined' | 'null' | 'empty-string' | 'empty-array';

/** A value that a library reads in a way its author did not mean; measured. */
export interface Misreading {
  readonly given: ValueType;
  readonly versions?: string;
  readonly effect:
    /** as if it were not there: no check */
    | 'ignored'
    /** every token passes the check, expired ones too */
    | 'always-passes'
    /** matched as a substring */
    | 'substring'
    /** everything is rejected, or construction throws: fails closed */
    | 'rejects'
    /** read in another unit */
    | 'other-unit';
  /** Where the effect is not obvious: one sentence for the message and the generated page. */
  readonly note?: string;
}

/** What happens when a setting is left out. */
export interface Absence {
  readonly versions?: string;
  readonly means:
    /** no check at all */
    | 'unchecked'
    /** the key decides (by type or content); safe where the key's kind is certain */
    | 'by-key'
    /** the token's own header decides */
    | 'from-token'
    /** one fixed, safe value */
    | 'pinned'
    /** the library refuses to work */
    | 'refused'
    /** the library always demands it */
    | 'demanded'
    /** for signing: the token has no such claim */
    | 'omitted'
    /** for signing: a default of the library's own */
    | 'defaulted';
  /** Can somebody without the key use it (`exploitable`), does it depend on keys and other services, or is it defence in depth? */
  readonly exploitability: Exploitability;
  /** One sentence on what is accepted or issued, for messages and the generated page. */
  readonly note?: string;
}

export type Exploitability = 'exploitable' | 'depends' | 'hardening';

/** One operation of a library: where its calls stand and how they are configured. */
export interface OperationModel {
  readonly kind: OperationKind;
  readonly calls: readonly CallPath[];
  /** Range of library versions for which this model holds. Default: all. */
  readonly versions?: string;
  /** Argument places. Several: overloads, the first whose arguments fit (by count and by the kind of each argument) wins. */
  readonly arguments: ArgumentPlaces | readonly ArgumentPlaces[];
  readonly settings: Readonly<Partial<Record<SettingName, readonly Place[]>>>;
  /**
   * Calls of this operation take what is missing from a `configure` operation of the same library, which may be
   * elsewhere: a setting that is not found is then unknown, unless that configuration is found.
   */
  readonly ambient?: boolean;
  /**
   * The call only uses what another call settled (`verifier(token)` after `createVerifier(options)`): all its
   * settings are reported there, never here.
   */
  readonly settledElsewhere?: boolean;
  /** What leaving a setting out means. A setting that is not listed here cannot be missed. */
  readonly absent?: Readonly<Partial<Record<SettingName, readonly Absence[]>>>;
  /** Names that the options argument reads, for finding the ones it does not. */
  readonly options?: OptionNames;
  /** What the call gives back. Default for verify: `{ delivers: 'claims', when: 'sync', failure: 'throws' }`. */
  readonly result?: Result;
  /** For `import-key`: what the key then is. */
  readonly keyKind?: 'public' | 'private' | 'secret' | 'jwk' | 'certificate' | 'pem';
  /** Only the signature is checked here, or only the content decrypted, no claims. */
  readonly signatureOnly?: boolean;
  /** The operation as such accepts or issues unsigned tokens (jose `UnsecuredJWT`). */
  readonly unsecured?: boolean;
  /** A list for `keyManagementAlgorithms` that leaves PBES2 out and everything else in. */
  readonly withoutPasswords?: readonly string[];
  /** Keys made of nothing with which tokens of anybody are accepted, or are issued; all others are refused. Measured. */
  readonly emptyKey?: readonly EmptyKey[];
  /** The operation takes its key from the token itself (jose `EmbeddedJWK`). */
  readonly keyFromToken?: boolean;
  /** Guards requests: middleware, a strategy, a plugin. Its result is on the request. */
  readonly middleware?: boolean;
  /**
   * The export is not called but handed on: to the method of this name, whatever its receiver, as the argument of this
   * index (`fastify.register(plugin, options)`). The argument places then count in that call.
   */
  readonly passedTo?: { readonly method: string; readonly argument: number };
  /** Arguments that must be these texts for the call to count, by index (`server.auth.strategy(name, 'jwt', options)`). */
  readonly literals?: Readonly<Record<number, string>>;
  /**
   * For `configure`: where in the options argument the configuration stands, if it is not the argument itself;
   * `useFactory()` is what the function there returns.
   */
  readonly configurationAt?: string;
  /** Values of a property of a route's configuration that let requests without a valid token through: `auth: { mode: 'try' }`. */
  readonly maySkip?: { readonly property: string; readonly below: string; readonly values: readonly string[] };
  /** Parts of a request that the token is read from, where more than the `Authorization` header. */
  readonly tokenFrom?: readonly ('header' | 'query' | 'body' | 'cookie')[];
}

/** A key of nothing that works. */
export interface EmptyKey {
  readonly versions?: string;
  /** `text` is the empty string, `bytes` none of them, `nothing` undefined or null. */
  readonly given: readonly ('text' | 'bytes' | 'nothing')[];
  /** Only where this setting is made, or is not. Default: always. */
  readonly algorithms?: 'set' | 'missing';
  /** Where the key is a property of an object, not the argument itself. */
  readonly nested?: boolean;
}

export interface OptionNames {
  /** Every name the library reads at the top level of this object. */
  readonly known: readonly string[];
  /** What happens to other names. */
  readonly unknown: 'ignored' | 'refused';
  /** Known names for which the library reads another place: written here, they check nothing. */
  readonly misplaced?: readonly { readonly at: string; readonly belongs: string; readonly versions?: string }[];
  /** Names read in objects below this one, by property path: `{ verification: { known: ['iss'], unknown: 'ignored' } }`. */
  readonly nested?: Readonly<Record<string, OptionNames>>;
}

export interface Result {
  /** What the successful result is: the claims, an object holding them (`at` says where), a token, a boolean, a function that verifies. */
  readonly delivers: 'claims' | 'holder' | 'token' | 'boolean' | 'function' | 'bytes' | 'nothing';
  /** Property path of the claims in the result, for `holder`: `payload`. */
  readonly at?: string;
  /** `promise` always, `callback` when one is given and `sync` otherwise, ... */
  readonly when: 'sync' | 'promise' | 'callback-or-sync' | 'callback-or-promise';
  /** Without a callback the result is a promise where a function stands in this place (a key that is fetched), whatever `when` says: `new(0).key`. */
  readonly promiseWithFunctionAt?: string;
  readonly failure: 'throws' | 'false' | 'undefined' | 'null';
}

/** A value that a framework hands to the project's functions and on which a library's operations hang. */
export interface Decoration {
  /** Package of the framework: `fastify`. */
  readonly module: string;
  /** Access path in the framework to the function whose callback receives the value: `()` + `#get`. `*` stands for any method. */
  readonly callback?: CallPath;
  /** Which parameter of the callback it is, zero-based. */
  readonly parameter?: number;
  /** Property of that parameter (destructured contexts): `jwt`. */
  readonly member?: string;
  /** Only where the function is an argument itself, not a property of one (`group('/x', (app) => …)`). */
  readonly direct?: boolean;
  /** Option of this library's `configure` call that gives the member another name. */
  readonly memberOption?: string;
  /** Exported types whose annotated parameters and fields are such values: `FastifyRequest`. */
  readonly types?: readonly string[];
  /** Exported types of functions whose parameter it is: `FastifyPluginAsync`. */
  readonly functionTypes?: readonly string[];
  /** The module loads every file of a folder, which this option names, and calls what each exports by default: `dir`. */
  readonly folderOption?: string;
  /** Access path, in the framework, whose value it is: `()` for what `fastify()` returns. */
  readonly value?: CallPath;
  /** The access path in this library's descriptor that such a value stands for: `request`, so that `request.jwtVerify` is found under `calls: ['request.jwtVerify']`. */
  readonly as: string;
  /** Only in files that import this library too: the framework's value alone does not say which library stands behind it. */
  readonly importing?: boolean;
}

/** All that the plugin knows of one library. */
export interface LibraryDescriptor {
  /** Canonical npm name; names the library in messages, settings and docs. */
  readonly name: string;
  /** Module specifiers and, for each, the access path that its exports start with (mostly the empty string). */
  readonly modules: Readonly<Record<string, string>>;
  /** The versions on which the facts were observed. */
  readonly measured: readonly string[];
  /** Packages whose installed version decides (for a library that others wrap). Default: `name`. */
  readonly versionOf?: readonly string[];
  readonly operations: readonly OperationModel[];
  /** Methods that return the object they are called on: `SignJWT#setAudience`. A `*` at the end stands for any name. */
  readonly chains?: readonly CallPath[];
  /** Access paths that are other names for one another: `{ 'promises.verify': 'verify' }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly decorations?: readonly Decoration[];
  /** Range of versions in which an HMAC algorithm takes the text of a public key for its secret. Default: none. */
  readonly confusable?: string;
  /** Algorithms the library implements, where that is fewer than JWA. */
  readonly algorithms?: readonly string[];
  /** Sentences for the generated page: imports that do not work, silent behaviour, maintenance state. */
  readonly notes: readonly string[];
}
