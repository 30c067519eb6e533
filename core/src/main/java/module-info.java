/** The domain model, the engine, and the interfaces that adapters implement. */
module dev.hookferry.core {
  requires static transitive org.jspecify;
  requires java.xml;

  exports dev.hookferry;
  exports dev.hookferry.access;
  exports dev.hookferry.audit;
  exports dev.hookferry.auth;
  exports dev.hookferry.body;
  exports dev.hookferry.catalog;
  exports dev.hookferry.delivery;
  exports dev.hookferry.endpoint;
  exports dev.hookferry.event;
  exports dev.hookferry.field;
  exports dev.hookferry.filter;
  exports dev.hookferry.id;
  exports dev.hookferry.json;
  exports dev.hookferry.limit;
  exports dev.hookferry.memory;
  exports dev.hookferry.observe;
  exports dev.hookferry.outbound;
  exports dev.hookferry.outbox;
  exports dev.hookferry.policy;
  exports dev.hookferry.portal;
  exports dev.hookferry.query;
  exports dev.hookferry.refusal;
  exports dev.hookferry.replay;
  exports dev.hookferry.retry;
  exports dev.hookferry.routing;
  exports dev.hookferry.schema;
  exports dev.hookferry.secret;
  exports dev.hookferry.session;
  exports dev.hookferry.signer;
  exports dev.hookferry.signing;
  exports dev.hookferry.site;
  exports dev.hookferry.store;
  exports dev.hookferry.store.archive;
  exports dev.hookferry.store.commit;
  exports dev.hookferry.store.config;
  exports dev.hookferry.store.session;
  exports dev.hookferry.store.transfer;
  exports dev.hookferry.testing;
  exports dev.hookferry.transport;
}
