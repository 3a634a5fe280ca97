import type { AddressInfo } from 'node:net';
import express from 'express';
import { requireAdmin, requireCustomer, requireInvoiceReader, requireOwner } from './auth.js';
import { downloads } from './downloads.js';
import { partners } from './partners.js';
import { quantityOf, reserve } from './stock.js';

interface Order { readonly id: number; readonly customer: string; readonly sku: string; readonly quantity: number }

let orders: Order[] = [{ id: 1, customer: 'u-1001', sku: 'tea', quantity: 2 }];
let lastId = 1;

process.on('unhandledRejection', (reason) => console.error('unhandled:', reason));

const app = express();
app.use(express.json());

app.get('/orders', requireCustomer, (_req, res) => {
  res.json(orders.filter((order) => order.customer === res.locals.customer));
});

app.post('/orders', requireCustomer, (req, res, next) => {
  const { sku, quantity } = req.body as { sku: string; quantity: number };
  reserve(sku, quantity).then((reserved) => {
    if (!reserved) return res.status(409).json({ error: 'out_of_stock' });
    const order = { id: ++lastId, customer: String(res.locals.customer), sku, quantity };
    orders.push(order);
    return res.status(201).json(order);
  }).catch(next);
});

app.get('/available/:sku', requireCustomer, (req, res, next) => {
  quantityOf(String(req.params.sku)).then((quantity) => res.json({ quantity })).catch(next);
});

app.delete('/orders/:id', requireOwner, (req, res) => {
  const id = Number(req.params.id);
  orders = orders.filter((order) => order.id !== id || order.customer !== res.locals.customer);
  res.status(204).end();
});

app.get('/invoices', requireInvoiceReader, (_req, res) => {
  res.json(orders.filter((order) => order.customer === res.locals.customer).map(({ id }) => ({ order: id, amount: 680 })));
});

app.get('/admin/orders', requireAdmin, (_req, res) => res.json(orders));

app.use('/downloads', downloads);
app.use('/partners', partners);

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(JSON.stringify({ service: 'orders-api', port: (server.address() as AddressInfo).port }));
});
