-- The transaction that an outcome was recorded in, when it recorded several and something else refers to them.
alter table inbox add column batch uuid;
