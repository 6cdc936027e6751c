from django.urls import path

from alongside.care.planning.types import PaperKind
from alongside.web.planning import (
    around_views,
    goal_views,
    meeting_views,
    paper_views,
    plan_views,
    supervising_views,
    task_views,
    volunteer_views,
)

app_name = "planning"
CASE = "cases/<uuid:case_id>"
SAFETY, EXIT = {"paper": PaperKind.SAFETY}, {"paper": PaperKind.EXIT}
GOAL, ACTION = "goals/<uuid:goal_id>", "actions/<uuid:action_id>"
MEETING = "appointments/<uuid:appointment_id>"

urlpatterns = [
    path(f"{CASE}/plan", plan_views.show, name="plan"),
    path(f"{CASE}/plan/begin", plan_views.start, name="start"),
    path(f"{CASE}/plan/agree", plan_views.agree, name="agree"),
    path(f"{CASE}/plan/approve", plan_views.decide, name="decide"),
    path(f"{CASE}/plan/review", plan_views.review, name="review"),
    path(f"{CASE}/plan/close", plan_views.close, name="close"),
    path(f"{CASE}/plan/reopen", plan_views.reopen, name="reopen"),
    path(f"{CASE}/plan/sheet", plan_views.sheet, name="print"),
    path(f"{CASE}/plan/goals/add", goal_views.add_goal, name="add_goal"),
    path(f"{CASE}/plan/{GOAL}", goal_views.change_goal, name="goal"),
    path(f"{CASE}/plan/{GOAL}/end", goal_views.end_goal, name="end_goal"),
    path(f"{CASE}/plan/{GOAL}/reopen", goal_views.reopen_goal, name="reopen_goal"),
    path(f"{CASE}/plan/{GOAL}/add", goal_views.add_action, name="add_action"),
    path(f"{CASE}/plan/{ACTION}", goal_views.change_action, name="action"),
    path(f"{CASE}/plan/{ACTION}/end", goal_views.end_action, name="end_action"),
    path(
        f"{CASE}/plan/{ACTION}/reopen", goal_views.reopen_action, name="reopen_action"
    ),
    path(f"{CASE}/safety-plan", paper_views.show, SAFETY, name="safety"),
    path(f"{CASE}/safety-plan/write", paper_views.write, SAFETY, name="write_safety"),
    path(f"{CASE}/safety-plan/sheet", paper_views.sheet, SAFETY, name="safety_sheet"),
    path(f"{CASE}/exit-plan", paper_views.show, EXIT, name="exit"),
    path(f"{CASE}/exit-plan/write", paper_views.write, EXIT, name="write_exit"),
    path(f"{CASE}/exit-plan/sheet", paper_views.sheet, EXIT, name="exit_sheet"),
    path(f"{CASE}/appointments", meeting_views.show, name="appointments"),
    path(f"{CASE}/appointments/add", meeting_views.add, name="add_appointment"),
    path(f"{CASE}/{MEETING}", meeting_views.change, name="appointment"),
    path(f"{CASE}/{MEETING}/end", meeting_views.end, name="end_appointment"),
    path(f"{CASE}/{MEETING}/reopen", meeting_views.reopen, name="reopen_appointment"),
    path("calendar", meeting_views.calendar, name="calendar"),
    path(f"{CASE}/warnings", around_views.warnings, name="warnings"),
    path(f"{CASE}/warnings/add", around_views.add_warning, name="add_warning"),
    path(f"{CASE}/warnings/<uuid:warning_id>", around_views.look_at, name="warning"),
    path(f"{CASE}/people-around", around_views.around, name="around"),
    path(f"{CASE}/people-around/add", around_views.add_around, name="add_around"),
    path(
        f"{CASE}/people-around/<uuid:relation_id>/end",
        around_views.end_around,
        name="end_around",
    ),
    path(f"{CASE}/supervision", supervising_views.show, name="supervision"),
    path(f"{CASE}/supervision/add", supervising_views.add, name="add_supervision"),
    path(f"{CASE}/supervision/audit", supervising_views.audit, name="audit"),
    path(
        f"{CASE}/supervision/<uuid:note_id>/done",
        supervising_views.settle,
        name="settle_supervision",
    ),
    path("tasks", task_views.tasks, name="tasks"),
    path("workload", supervising_views.workload, name="workload"),
    path("workload/cases", supervising_views.watched, name="watched"),
    path("volunteers", volunteer_views.hours, name="volunteers"),
    path("volunteers/log", volunteer_views.log, name="log_hours"),
    path("volunteers/mark", volunteer_views.mark, name="mark_volunteer"),
    path("volunteers/<uuid:user_id>/end", volunteer_views.unmark, name="unmark"),
    path("volunteers/hours/<uuid:hours_id>/undo", volunteer_views.undo, name="undo"),
]
