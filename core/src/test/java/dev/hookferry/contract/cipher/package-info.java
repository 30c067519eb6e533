/** Contract tests of {@link dev.hookferry.secret.SecretCipher}. */
@NullMarked
package dev.hookferry.contract.cipher;

import org.jspecify.annotations.NullMarked;
