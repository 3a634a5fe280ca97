/** A published flaw of a library that bears on how tokens are made, verified or decrypted. */
export interface Advisory {
  /** npm name. */
  readonly library: string;
  /** Affected versions, as a semver range. */
  readonly affected: string;
  /** First version without the flaw; the first of each maintained line. */
  readonly fixed: readonly string[];
  /** What somebody can do with it, to finish the sentence «…, in which». */
  readonly effect: string;
  /** Public identifier. */
  readonly id: string;
  /** Where the range and the fixed versions were read: the reviewed advisory, or what else the maintainers published. */
  readonly source: string;
  readonly exploitability: 'exploitable' | 'depends';
}

/** Sorted by library, the gravest first. */
export const advisories: readonly Advisory[] = [
  { library: 'express-jwt', affected: '<6.0.0', fixed: ['6.0.0'], effect: 'algorithms are not demanded, so that with a key set an attacker can choose the algorithm', id: 'CVE-2020-15084', source: 'GHSA-6g6m-m6h5-w9gf', exploitability: 'depends' },
  { library: 'fast-jwt', affected: '<3.3.2', fixed: ['3.3.2'], effect: 'a token signed with the text of an RSA public key in PKCS #1 form as an HMAC secret is accepted', id: 'CVE-2023-48223', source: 'GHSA-c2ff-88x2-x9pg', exploitability: 'depends' },
  { library: 'fast-jwt', affected: '<6.2.0', fixed: ['6.2.0'], effect: 'an RSA public key with white space in front is taken for an HMAC secret, so that whoever has the key can sign tokens', id: 'CVE-2026-34950', source: 'GHSA-mvf2-f6gm-w987', exploitability: 'depends' },
  { library: 'fast-jwt', affected: '<5.0.6', fixed: ['5.0.6'], effect: 'an `iss` claim that is a list passes the check of the issuer when one of its entries does', id: 'CVE-2025-30144', source: 'GHSA-gm45-q3v2-6cf8', exploitability: 'depends' },
  { library: 'hono', affected: '<4.11.4', fixed: ['4.11.4'], effect: 'the header of a token may choose the algorithm that it is verified with', id: 'CVE-2026-22817', source: 'GHSA-f67f-6cw9-8mq4', exploitability: 'depends' },
  { library: 'hono', affected: '>=1.1.0 <4.10.2', fixed: ['4.10.2'], effect: 'the JWT middleware does not check who a token is meant for', id: 'CVE-2025-62610', source: 'GHSA-m732-5p4w-x69g', exploitability: 'depends' },
  { library: 'jose', affected: '>=1.0.0 <1.28.1 || >=2.0.0 <2.0.5 || >=3.0.0 <3.11.4', fixed: ['1.28.1', '2.0.5', '3.11.4'], effect: 'AES-CBC decryption tells from its errors what a ciphertext holds', id: 'CVE-2021-29443', source: 'GHSA-58f5-hfqc-jgch', exploitability: 'depends' },
  { library: 'jose', affected: '>=1.0.0 <1.28.2 || >=2.0.0 <2.0.6 || >=3.0.0 <3.20.4 || >=4.0.0 <4.9.2', fixed: ['1.28.2', '2.0.6', '3.20.4', '4.9.2'], effect: 'an encrypted token can ask for any number of PBES2 iterations and keep the service busy', id: 'CVE-2022-36083', source: 'GHSA-jv3g-j58f-9mq9', exploitability: 'depends' },
  { library: 'jose', affected: '<2.0.7 || >=3.0.0 <4.15.5', fixed: ['2.0.7', '4.15.5'], effect: 'a small compressed token decrypts to an amount of data that exhausts the service', id: 'CVE-2024-28176', source: 'GHSA-hhhv-q57g-882q', exploitability: 'depends' },
  { library: 'jsonwebtoken', affected: '<4.2.2', fixed: ['4.2.2'], effect: 'a token signed with the text of the public key as an HMAC secret is accepted', id: 'CVE-2015-9235', source: 'GHSA-c7hr-j4mj-j2w6', exploitability: 'exploitable' },
  { library: 'jsonwebtoken', affected: '<9.0.0', fixed: ['9.0.0'], effect: 'an unsigned token is accepted when the key is missing and no algorithms are listed', id: 'CVE-2022-23540', source: 'GHSA-qwph-4952-7xr6', exploitability: 'depends' },
  { library: 'jsonwebtoken', affected: '<9.0.0', fixed: ['9.0.0'], effect: 'a key function that serves several algorithms can turn a public key into an HMAC secret', id: 'CVE-2022-23541', source: 'GHSA-hjrf-2m68-5959', exploitability: 'depends' },
  { library: 'jsonwebtoken', affected: '<9.0.0', fixed: ['9.0.0'], effect: 'keys of a kind that does not fit the algorithm are accepted', id: 'CVE-2022-23539', source: 'GHSA-8cf7-32gw-wr33', exploitability: 'depends' },
  { library: 'jsrsasign', affected: '>=4.8.0 <10.5.25', fixed: ['10.5.25'], effect: 'a signature with characters outside base64url is taken for valid', id: 'CVE-2022-25898', source: 'GHSA-3fvg-4v2m-98jf', exploitability: 'depends' },
  { library: 'jws', affected: '<3.0.0', fixed: ['3.0.0'], effect: 'a token signed with the text of the public key as an HMAC secret is accepted', id: 'CVE-2016-1000223', source: 'GHSA-gjcw-v447-2w7q', exploitability: 'exploitable' },
  { library: 'jws', affected: '<3.2.3 || 4.0.0', fixed: ['3.2.3', '4.0.1'], effect: 'the HMAC signature is not checked properly where the secret is looked up by the content of the token', id: 'CVE-2025-65945', source: 'GHSA-869p-cjfg-cm3x', exploitability: 'depends' },
  { library: 'jwt-simple', affected: '<0.3.1', fixed: ['0.3.1'], effect: 'a token signed with the text of the public key as an HMAC secret is accepted', id: 'CVE-2016-10555', source: 'GHSA-vgrx-w6rg-8fqf', exploitability: 'exploitable' },
  { library: 'next-auth', affected: '<4.24.5', fixed: ['4.24.5'], effect: 'a token of another step of the login passes for a session', id: 'CVE-2023-48309', source: 'GHSA-v64w-49xw-qq89', exploitability: 'depends' },
  { library: 'node-jose', affected: '<0.11.0', fixed: ['0.11.0'], effect: 'a token is verified with the key that it brings along', id: 'CVE-2018-0114', source: 'changelog of node-jose 0.11.0', exploitability: 'exploitable' },
  { library: 'node-jose', affected: '<2.2.0', fixed: ['2.2.0'], effect: 'without the cryptography of Node or the browser, elliptic curve keys can keep the service busy for ever', id: 'CVE-2023-25653', source: 'GHSA-5h4j-qrvg-9xhw', exploitability: 'depends' },
];
