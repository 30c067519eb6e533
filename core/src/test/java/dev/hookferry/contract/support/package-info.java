/** Sample data, test doubles and waiting for tests of every module. Depends on no contract. */
@NullMarked
package dev.hookferry.contract.support;

import org.jspecify.annotations.NullMarked;
