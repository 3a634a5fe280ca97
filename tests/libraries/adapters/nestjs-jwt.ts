import 'reflect-metadata';
import { nestjsJwt } from '../../../src/libraries/nestjs-jwt.ts';
import { type Adapter, drive as plain } from '../adapter.ts';
import { honestClaims, jws, SECRET } from '../forge.ts';
import { installedVersion, loader } from './installed.ts';

interface Service { verify(token: string, options?: object): unknown; sign(payload: object, options?: object): string }
interface Exports { JwtModule: { register(options: object): object; registerAsync(options: object): object }; JwtService: new (options?: object) => Service }

const accepts = (see: () => unknown): boolean => {
  try { see(); return true; } catch { return false; }
};

async function adapter(alias: string): Promise<Adapter> {
  const load = loader('@nestjs/jwt', alias);
  const { JwtModule, JwtService } = (await load('@nestjs/jwt')) as Exports;
  const version = installedVersion(alias);
  const injected = async (module: object): Promise<Service> => {
    const { NestFactory } = (await import('@nestjs/core')) as unknown as { NestFactory: { createApplicationContext(module: object, options: object): Promise<{ get(token: unknown, options: object): Service; close(): Promise<void> }> } };
    class Root { readonly name = 'root'; }
    const context = await NestFactory.createApplicationContext({ module: Root, imports: [module] }, { logger: false });
    const service = context.get(JwtService, { strict: false });
    await context.close();
    return service;
  };
  const other = jws('HS256', SECRET, honestClaims({ aud: 'urn:other' }));
  const audience = { secret: SECRET, verifyOptions: { audience: 'urn:mine' } };
  return {
    descriptor: nestjsJwt, version, load,
    keyAs: (at, key) => (at.endsWith('Provider') ? () => key : key),
    drive: async (occasion) => plain({
      ...occasion,
      // The service is what the module makes of its configuration.
      call: { ...occasion.call, building: occasion.call.configuration ? [occasion.call.configuration] : [] },
    }),
    facts: {
      'register configures the injected service': async () => !(await injected(JwtModule.register(audience)).then((service) => accepts(() => service.verify(other)))),
      'registerAsync configures it with what useFactory returns': async () => !(await injected(JwtModule.registerAsync({ useFactory: async () => audience })).then((service) => accepts(() => service.verify(other)))),
      'signOptions are not used when verifying': () => accepts(() => new JwtService({ secret: SECRET, signOptions: { audience: 'urn:mine', issuer: 'urn:mine' } }).verify(other)),
      'an undefined audience of a call switches that of the module off': () => accepts(() => new JwtService(audience).verify(other, { audience: undefined })),
      'an undefined secret of a call leaves that of the module': () => accepts(() => new JwtService({ secret: SECRET }).verify(other, { secret: undefined })),
      'expiresIn of the module and exp in the payload exclude one another': () => !accepts(() => new JwtService({ secret: SECRET, signOptions: { expiresIn: '1h' } }).sign({ exp: 9_999_999_999 })),
    },
  };
}

export const adapters = [await adapter('nestjs-jwt-10'), await adapter('nestjs-jwt-11'), await adapter('nestjs-jwt-12')];
