from django.urls import path

from alongside.web.casework.views import (
    acts,
    case,
    closing,
    contact,
    household,
    lists,
    person,
    tasks,
)

app_name = "casework"
urlpatterns = [
    path("work", lists.my_work, name="my_work"),
    path("queue", lists.queue, name="queue"),
    path("queue/take", lists.take_ticked, name="take_ticked"),
    path("queue/give", lists.give_ticked, name="give_ticked"),
    path("cases/<uuid:case_id>", case.show, name="case"),
    path("cases/<uuid:case_id>/promises", case.promises, name="promises"),
    path(
        "cases/<uuid:case_id>/promises/<uuid:name>",
        closing.settle_promise,
        name="promise",
    ),
    path("cases/<uuid:case_id>/tasks/add", tasks.add, name="add_task"),
    path("cases/<uuid:case_id>/tasks/<uuid:task_id>", tasks.settle, name="task"),
    path("cases/<uuid:case_id>/take", acts.take, name="take"),
    path("cases/<uuid:case_id>/contact", contact.log_contact, name="contact"),
    path("cases/<uuid:case_id>/note", acts.add_note, name="note"),
    path("cases/<uuid:case_id>/next-action", acts.next_action, name="next_action"),
    path("cases/<uuid:case_id>/hand-over", acts.hand_over, name="hand_over"),
    path("cases/<uuid:case_id>/close", closing.close, name="close"),
    path("cases/<uuid:case_id>/reopen", closing.reopen, name="reopen"),
    path("people/<uuid:person_id>", person.show, name="person"),
    path(
        "people/<uuid:person_id>/household/<uuid:other_id>",
        household.household,
        name="household",
    ),
    path("people/<uuid:person_id>/safety", person.safety, name="safety"),
    path(
        "people/<uuid:person_id>/contacts/<int:contact_id>/confirm",
        person.confirm,
        name="confirm_contact",
    ),
]
