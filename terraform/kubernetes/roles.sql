-- Roles and schemas of PostgreSQL: what knative/README.md says a database has to have. May run as often as one likes.
--
-- Of each function in the environment's FUNCTIONS (names with a space between): <function>_owner owns the schema <function> and may
-- change its tables, <function> works with them. Schema ledger belongs to ledger_owner; owners of functions may act as it.
-- Passwords are set by a second file, which terraform/deploy makes.
\set QUIET on
-- Whoever makes a role may act as it, or a schema could not be given to it: the administrator is no superuser in a cloud.
set createrole_self_grant = 'set, inherit';
set client_min_messages = warning;

\getenv functions FUNCTIONS
select set_config('rookery.functions', :'functions', true) \g /dev/null

do $$
declare
  name text;
begin
  if nullif(trim(current_setting('rookery.functions')), '') is null then
    raise 'FUNCTIONS: none (expected: names with a space between)';
  end if;
  foreach name in array array['ledger', 'ledger_owner'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I', name);
    end if;
  end loop;
  execute format('create schema if not exists %I authorization %I', 'ledger', 'ledger_owner');
  foreach name in array string_to_array(trim(current_setting('rookery.functions')), ' ') loop
    if not exists (select from pg_roles where rolname = name || '_owner') then
      execute format('create role %I login', name || '_owner');
    end if;
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I login', name);
    end if;
    execute format('create schema if not exists %I authorization %I', name, name || '_owner');
    execute format('grant %I to %I', 'ledger_owner', name || '_owner');
    execute format('grant %I to %I', 'ledger', name);
  end loop;
end
$$;
