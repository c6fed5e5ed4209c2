"""What the worker does in the background; each task is named by ids alone."""

from django_tasks import task


@task()
def preview_upload(upload_pk: int) -> None:
    """Read an upload's files, and keep what they would change."""
    from mentoring.imports import job  # noqa: PLC0415 -- readers, only in the worker

    job.preview(upload_pk)


@task()
def apply_upload(upload_pk: int) -> None:
    """Apply a confirmed upload."""
    from mentoring.imports import job  # noqa: PLC0415 -- readers, only in the worker

    job.apply(upload_pk)


@task()
def recompute_summaries() -> None:
    """Work out the figures that pages show, until they take in every change."""
    from mentoring.actions.recompute import catch_up  # noqa: PLC0415 -- brings numpy

    catch_up()


@task()
def daily() -> None:
    """Do what is due today: silence confirms days, pairings begin and expire."""
    from mentoring.actions.do_daily import do_daily  # noqa: PLC0415 -- it enqueues this
    from mentoring.models import Programme  # noqa: PLC0415 -- models, once apps are in

    do_daily(on=Programme.the().today)
