package dev.hookferry.internal;

import dev.hookferry.endpoint.CustomHeader;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.site.SecretContexts;
import dev.hookferry.site.SettingsByName;
import java.util.LinkedHashMap;
import java.util.Map;

/** Custom headers for display, with secret values masked. */
public final class HeaderView {
  private HeaderView() {}

  public static Map<String, String> of(Endpoint endpoint, SecretCipher cipher) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (CustomHeader header : endpoint.headers()) {
      shown.put(
          header.name(), header.isSecret() ? SettingsByName.MASK : open(endpoint, header, cipher));
    }
    return shown;
  }

  /**
   * Decrypts a value; returns the mask if that fails, so that one bad value cannot hide the whole
   * list.
   */
  private static String open(Endpoint endpoint, CustomHeader header, SecretCipher cipher) {
    try {
      return cipher.open(
          header.value(), SecretContexts.header(endpoint.site(), endpoint.id(), header.name()));
    } catch (MasterKeyException | IllegalArgumentException e) {
      return SettingsByName.MASK;
    }
  }
}
