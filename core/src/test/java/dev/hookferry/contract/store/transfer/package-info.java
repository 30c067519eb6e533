/** Contract tests for stores whose whole content can be moved to another store. */
package dev.hookferry.contract.store.transfer;
