// Loaded into a service before its own code: gives it a clock that the scenario can move, so that "a month later" takes no month.

const RealDate = globalThis.Date;
let ahead = 0;

globalThis.Date = class Date extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + ahead);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + ahead;
  }
};

process.on('message', ({ aheadMs }) => {
  ahead = aheadMs;
  process.send({ aheadMs });
});
// The service must not live on just because the scenario could still move its clock.
process.channel?.unref();
// Nor must it outlive the scenario, however that ended.
process.on('disconnect', () => process.exit());
