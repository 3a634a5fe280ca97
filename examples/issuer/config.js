'use strict';

module.exports = {
  port: Number(process.env.PORT || 0),

  issuer: 'https://login.shop.example',
  audience: 'https://api.shop.example',

  // What a login may ask a token for.
  resources: {
    shop: 'https://api.shop.example',
    billing: 'https://billing.shop.example',
    sandbox: 'https://sandbox-api.shop.example',
  },

  // Signs refresh tokens and invitations.
  refreshSecret: 'shop-login-refresh-2019-kx82-mq71-vb30',

  // Shared with every service that accepts service tokens.
  serviceTokenSecret: process.env.SERVICE_TOKEN_SECRET || 'shop-services-development-2021-7fq2',
};
