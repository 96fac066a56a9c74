create table pot (amount bigint not null);
