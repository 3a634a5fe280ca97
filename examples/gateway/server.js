import express from 'express';
import { customers } from './customers.js';
import { inbox } from './inbox.js';
import { kiosk } from './kiosk.js';
import { overview } from './overview.js';

const app = express();
app.use(express.json());
app.use('/customers', customers);
app.use('/kiosk', kiosk);
app.use('/inbox', inbox);
app.use('/overview', overview);

// express-jwt hands its refusals on as errors with a status.
app.use((error, req, res, next) => {
  if (res.headersSent) return next(error);
  res.status(error.status ?? 500).json({ error: error.code ?? 'server_error' });
});

const server = app.listen(Number(process.env.PORT || 0), '127.0.0.1', () => {
  console.log(JSON.stringify({ service: 'gateway', port: server.address().port }));
});
