'use strict';

const express = require('express');
const jwt = require('jsonwebtoken');
const accounts = require('./accounts');
const config = require('./config');
const tokens = require('./tokens');

const app = express();
app.use(express.json());

const bearer = (req) => (req.headers.authorization || '').replace(/^Bearer /, '');

function requireUser(req, res, next) {
  try {
    req.user = tokens.verifyAccessToken(bearer(req));
    next();
  } catch {
    res.status(401).json({ error: 'invalid_token' });
  }
}

function tokenResponse(user, audience) {
  const accessToken = tokens.signAccessToken(user, audience);
  return { access_token: accessToken, token_type: 'Bearer', expires_in: tokens.secondsToLive(accessToken) };
}

app.get('/.well-known/jwks.json', (req, res) => res.json(tokens.jwks()));

app.post('/login', (req, res) => {
  const { username, password, resource = 'shop' } = req.body;
  const user = accounts.userByPassword(username, password);
  const audience = Object.hasOwn(config.resources, resource) && config.resources[resource];
  if (!user || !audience) return res.status(401).json({ error: 'invalid_grant' });
  res.json({ ...tokenResponse(user, audience), refresh_token: tokens.signRefreshToken(user) });
});

app.post('/refresh', (req, res) => {
  try {
    const { sub } = tokens.verifyRefreshToken(req.body.refresh_token);
    res.json(tokenResponse(accounts.userById(sub), config.audience));
  } catch {
    res.status(401).json({ error: 'invalid_grant' });
  }
});

// Client credentials grant (RFC 6749 section 4.4).
app.post('/service-token', (req, res) => {
  const client = accounts.clientBySecret(req.body.client_id, req.body.client_secret);
  if (!client) return res.status(401).json({ error: 'invalid_client' });
  res.json({ access_token: tokens.signServiceToken(client), token_type: 'Bearer' });
});

app.get('/me', requireUser, (req, res) => res.json({ id: req.user.sub, username: req.user.username }));

// For a colleague, good for one day.
app.post('/invitations', requireUser, (req, res) => {
  const claims = {
    ...req.body,
    sub: req.user.sub,
    purpose: 'invitation',
    exp: Date.now() + 24 * 60 * 60 * 1000,
  };
  const options = { algorithm: 'HS256', issuer: config.issuer, audience: config.issuer };
  res.status(201).json({ invitation: jwt.sign(claims, config.refreshSecret, options) });
});

app.post('/join', (req, res) => {
  try {
    const { sub, team = 'guests' } = tokens.verifyInvitation(req.body.invitation);
    res.json({ invitedBy: sub, team });
  } catch {
    res.status(401).json({ error: 'invalid_invitation' });
  }
});

const server = app.listen(config.port, '127.0.0.1', () => {
  console.log(JSON.stringify({ service: 'issuer', port: server.address().port }));
});
