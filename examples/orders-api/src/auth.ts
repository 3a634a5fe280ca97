import type { NextFunction, Request, Response } from 'express';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';

export const ISSUER = 'https://login.shop.example';
export const AUDIENCE = 'https://api.shop.example';
export const ISSUER_URL = process.env.ISSUER_URL ?? 'http://127.0.0.1:4000';

const INVOICE_AUDIENCE = process.env.ORDERS_AUDIENCE;

const jwks = createRemoteJWKSet(new URL('/.well-known/jwks.json', ISSUER_URL));

export const bearer = (req: Request): string => (req.headers.authorization ?? '').replace(/^Bearer /, '');

const refuse = (res: Response) => res.status(401).json({ error: 'invalid_token' });

/** The customer whose orders are asked for. */
export async function requireCustomer(req: Request, res: Response, next: NextFunction): Promise<void> {
  try {
    const { payload } = await jwtVerify(bearer(req), jwks, { issuer: ISSUER });
    res.locals.customer = payload.sub;
  } catch {
    refuse(res);
    return;
  }
  next();
}

/** Invoices are billed to the audience that the deployment names. */
export async function requireInvoiceReader(req: Request, res: Response, next: NextFunction): Promise<void> {
  try {
    const { payload } = await jwtVerify(bearer(req), jwks, {
      algorithms: ['RS256'],
      issuer: ISSUER,
      audience: INVOICE_AUDIENCE,
      maxTokenAge: '12h',
    });
    res.locals.customer = payload.sub;
  } catch {
    refuse(res);
    return;
  }
  next();
}

/** The overview of all orders is for the staff. */
export function requireAdmin(req: Request, res: Response, next: NextFunction): void {
  try {
    const claims = decodeJwt<{ role?: string }>(bearer(req));
    if (claims.role !== 'admin') {
      res.status(403).end();
      return;
    }
  } catch {
    refuse(res);
    return;
  }
  next();
}

/** Deleting an order is final, so everything is checked. */
export async function requireOwner(req: Request, res: Response, next: NextFunction): Promise<void> {
  try {
    const { payload } = await jwtVerify(bearer(req), jwks, {
      algorithms: ['RS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      maxTokenAge: '12h',
    });
    res.locals.customer = payload.sub;
  } catch {
    refuse(res);
    return;
  }
  next();
}
