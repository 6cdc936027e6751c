from django.urls import path

from alongside.web.rights import acts, erasing, keeping, pack, register

app_name = "rights"
urlpatterns = [
    path("rights", register.requests, name="register"),
    path("rights/new", register.new, name="new"),
    path("rights/file", register.export, name="export"),
    path("rights/requests/<uuid:request_id>", register.show, name="request"),
    path("rights/requests/<uuid:request_id>/note", acts.note, name="note"),
    path("rights/requests/<uuid:request_id>/identity", acts.identity, name="identity"),
    path("rights/requests/<uuid:request_id>/extend", acts.extend, name="extend"),
    path("rights/requests/<uuid:request_id>/end", acts.end, name="end"),
    path("rights/requests/<uuid:request_id>/correct", acts.correct, name="correct"),
    path("rights/requests/<uuid:request_id>/likely", acts.likely, name="likely"),
    path("rights/requests/<uuid:request_id>/restrict", acts.restrict, name="restrict"),
    path("rights/requests/<uuid:request_id>/erase", acts.erase, name="erase"),
    path("rights/requests/<uuid:request_id>/pack", pack.show, name="pack"),
    path(
        "rights/requests/<uuid:request_id>/pack/passages/<slug:key>",
        pack.passage,
        name="passage",
    ),
    path("rights/requests/<uuid:request_id>/pack/done", pack.done, name="pack_done"),
    path("rights/requests/<uuid:request_id>/pack/check", pack.check, name="pack_check"),
    path("rights/requests/<uuid:request_id>/pack/make", pack.make, name="pack_make"),
    path(
        "rights/requests/<uuid:request_id>/pack/files/<uuid:pack_id>",
        pack.fetch,
        name="pack_file",
    ),
    path("rights/keeping", keeping.show, name="keeping"),
    path("rights/keeping/hold", keeping.lay_hold, name="lay_hold"),
    path("rights/keeping/holds/<uuid:hold_id>/lift", keeping.lift_hold, name="lift"),
    path(
        "rights/keeping/restrictions/<uuid:restriction_id>/lift",
        keeping.lift_restriction,
        name="unrestrict",
    ),
    path("rights/erasures/<uuid:erasure_id>", erasing.erasure, name="erasure"),
    path("rights/retention", erasing.retention, name="retention"),
    path("rights/retention/propose", erasing.propose, name="propose"),
    path("rights/retention/<uuid:run_id>", erasing.run, name="run"),
]
