package dev.hookferry.http.resource;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.query.Page;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteFields;
import java.util.Set;

/** Sites as the API returns them. */
public final class SiteJson {
  /** Names of the read-only fields, which requests cannot set. */
  public static final Set<String> READ_ONLY = Set.of("id", "createdAt");

  /** A site, without its settings. */
  public static final ResponseShape<Site> SITE =
      ResponseShape.<Site>of("Site")
          .always(SiteFields.ID.saying("The site's id."), Site::id)
          .ifAny(
              SiteFields.NAME.saying("A display name; absent if it has none."),
              site -> site.profile().name().isEmpty() ? null : site.profile().name())
          .ifAny(
              SiteFields.UID.saying("Your id for the site; absent if it has none."),
              site -> site.profile().uid())
          .ifAny(
              SiteFields.METADATA.saying("Notes for programs; absent if there are none."),
              site -> site.profile().metadata().isEmpty() ? null : site.profile().metadata())
          .always(
              FieldSpec.of("createdAt", FieldKind.time(), "Time of creation."), Site::createdAt);

  /** A page of sites. */
  public static final ResponseShape<Page<Site>> PAGE = SITE.page("Sites");

  private SiteJson() {}
}
