-- Outcomes of which it is not known that they were told. A row comes with the outcome's, in one transaction, and goes when
-- telling it was confirmed; a sweep tells what stays. Nearly empty at all times, and full of rows that are gone: vacuumed often.
create table unemitted (
    source   text        not null,
    id       text        not null,
    key      text        not null,
    -- When telling it began, or a sweep last failed to.
    tried_at timestamptz not null default now(),
    primary key (source, id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

create index unemitted_by_try on unemitted (tried_at);

grant select, insert, update, delete on unemitted to ${flyway:defaultSchema};
