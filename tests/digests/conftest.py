"""A ledger on each database."""

from collections.abc import AsyncIterator

import pytest

from tests.digests.rig import Rig


@pytest.fixture
async def rig(migrated_url: str) -> AsyncIterator[Rig]:
    opened = await Rig.open(migrated_url)
    yield opened
    await opened.database.close()
