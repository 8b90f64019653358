"""compose.yaml brings up a whole house: every part says whether it is well, and no secret has a default."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HOME = Path(__file__).resolve().parents[2]
TEXT = (HOME / "compose.yaml").read_text()
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
ONE_SHOT = {"migrate", "bucket"}
each_service = pytest.mark.parametrize("name", SERVICES)


def test_app_replicas_a_worker_postgresql_and_a_store_are_there():
    assert {"app", "worker", "postgres", "store", "proxy", *ONE_SHOT} == set(SERVICES)
    assert SERVICES["app"]["deploy"]["replicas"] >= 2


@each_service
def test_a_service_says_whether_it_is_well_or_runs_once_and_ends(name):
    check = SERVICES[name]["healthcheck"]
    assert check.get("disable", False) is (name in ONE_SHOT)
    assert name in ONE_SHOT or check["test"][0] in {"CMD", "CMD-SHELL"}


@each_service
def test_a_service_waits_until_what_it_needs_is_well(name):
    for needed, how in SERVICES[name].get("depends_on", {}).items():
        wanted = "service_completed_successfully" if needed in ONE_SHOT else "service_healthy"
        assert how["condition"] == wanted


def test_no_secret_has_a_default_and_a_missing_one_is_a_sentence():
    for variable, rest in re.findall(r"\$\{(\w+)([^}]*)\}", TEXT):
        if re.search("SECRET|PASSWORD|KEY|DOMAIN", variable):
            assert rest.startswith(":?"), variable
            assert rest.endswith("."), variable


def test_no_secret_is_written_into_the_file():
    given = {
        key: str(value)
        for service in SERVICES.values()
        for key, value in service.get("environment", {}).items()
        if re.search("SECRET|PASSWORD|_KEY", key)
    }
    assert given
    assert all(value.startswith("${") for value in given.values())


def test_only_the_proxy_is_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


@each_service
def test_named_volumes_and_configs_are_declared(name):
    service = SERVICES[name]
    assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(FILE["volumes"])
    assert {config["source"] for config in service.get("configs", [])} <= set(FILE["configs"])


@each_service
def test_an_image_is_pinned_to_a_version(name):
    image = SERVICES[name]["image"]
    assert ":" in image
    assert not image.endswith(":latest")


def test_the_houses_own_containers_have_no_rights_to_spare():
    for name in ("app", "worker", "migrate"):
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert re.search(r"(?m)^USER crosslab$", (HOME / "Dockerfile").read_text())


def test_every_setting_that_the_file_gives_is_a_setting_of_the_house():
    from crosslab.core.settings import Settings

    known = {f"CROSSLAB_{name.upper()}" for name in Settings.__dataclass_fields__}
    given = {key for key in SERVICES["app"]["environment"] if key.startswith("CROSSLAB_")}
    assert given <= known
