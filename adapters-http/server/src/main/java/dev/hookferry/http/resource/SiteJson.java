package dev.hookferry.http.resource;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.query.Page;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteFields;

/** Sites as the API returns them. */
public final class SiteJson {
  /** A site, without its settings. */
  public static final ResponseShape<Site> SITE =
      ResponseShape.<Site>of("Site")
          .always(SiteFields.ID.saying("The site's id."), Site::id)
          .always(
              FieldSpec.of("createdAt", FieldKind.time(), "Time of creation."), Site::createdAt);

  /** A page of sites. */
  public static final ResponseShape<Page<Site>> PAGE = SITE.page("Sites");

  private SiteJson() {}
}
