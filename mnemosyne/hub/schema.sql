-- The hub's schema, made by the role that owns it. Roles come in as {owner}, {learners} and {teachers}.
--
-- A learner appends rows of his own and reads them; nothing else is granted to him. Functions that do more for him run
-- as the owner, which is no superuser and cannot log in, and name every object in full.
create schema mnemosyne;
grant usage on schema mnemosyne to {learners}, {teachers};

create table mnemosyne.hub (version integer not null);
insert into mnemosyne.hub values (1);
grant select on mnemosyne.hub to {learners}, {teachers};

create table mnemosyne.learner (
  name text collate "C" primary key,
  joined_at timestamptz not null default now(),
  left_at timestamptz
);
grant select on mnemosyne.learner to {teachers};

-- What is behind `line` follows from it and is set by a trigger, for the tally; only learner, id and line are given.
create table mnemosyne.event (
  learner text collate "C" not null default current_user,
  id uuid not null,
  line text not null,
  number bigint not null,                           -- counts the learner's events in the order of their arrival, from 1
  received_at timestamptz not null default now(),
  kind text,
  card text collate "C",
  day text collate "C",                             -- the study day
  quality smallint,
  apart boolean not null default false,             -- a drill or practice: changes no schedule
  spent integer,                                    -- milliseconds
  misconception text,
  undone uuid,                                      -- the event that this one takes back
  primary key (learner, id)
);
create unique index event_number on mnemosyne.event (learner, number);
create index event_card on mnemosyne.event (learner, card, day) where kind = 'review';
create index event_undone on mnemosyne.event (learner, undone) where undone is not null;
grant select, insert (learner, id, line) on mnemosyne.event to {learners};
grant select on mnemosyne.event to {teachers};

alter table mnemosyne.event enable row level security;
alter table mnemosyne.event force row level security;
create policy read_own on mnemosyne.event for select to {learners} using (learner = current_user);
create policy append_own on mnemosyne.event for insert to {learners} with check (learner = current_user);
create policy read_all on mnemosyne.event for select to {teachers} using (true);
create policy own on mnemosyne.event to {owner} using (true) with check (true);

-- What a learner did with a card on a study day, from his events; what was taken back is left out.
create table mnemosyne.tally (
  learner text collate "C" not null,
  card text collate "C" not null,
  day text collate "C" not null,
  reviewed boolean not null,                        -- whether a review counts on this day: the first, not a drill
  passed boolean not null,                          -- and whether it was passed
  seen boolean not null,                            -- whether the card was reviewed on an earlier day
  answers integer not null,                         -- all of them, drills and practice too
  spent bigint not null,                            -- milliseconds
  misconceptions text[] not null,                   -- one for each answer that has one
  primary key (learner, card, day)
);
create index tally_day on mnemosyne.tally (day, learner);
create index tally_misconceptions on mnemosyne.tally (day) where misconceptions <> '{{}}';
grant select on mnemosyne.tally to {teachers};

-- The same by learner and day, all cards together.
create table mnemosyne.day_tally (
  learner text collate "C" not null,
  day text collate "C" not null,
  answers integer not null,
  reviews integer not null,
  passed integer not null,
  tests integer not null,                           -- reviews of cards that were reviewed on an earlier day
  kept integer not null,                            -- and those passed
  spent bigint not null,                            -- milliseconds
  primary key (learner, day)
);
create index day_tally_day on mnemosyne.day_tally (day);
grant select on mnemosyne.day_tally to {teachers};

-- The line as JSON that PostgreSQL can read: it knows neither the character 0 nor half a surrogate pair. The names in
-- this function and the next are bound when they are made, so that no search path changes what they mean.
create function mnemosyne.facts(line text) returns jsonb language sql immutable parallel safe
return
  case when line ~ '\\u(0000|[dD][89a-fA-F])'
    then regexp_replace(line, '(?<!\\)((?:\\\\)*)\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{{2}})', '\1?', 'g')::jsonb
    else line::jsonb end;

-- A day in ISO 8601 as it is, anything else as null: casts would fail, and one of them for every report.
create function mnemosyne.study_day(day text) returns text language sql immutable parallel safe
return
  case when day ~ '^(?!0000)\d{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$'
    and extract(month from make_date(left(day, 4)::int, substr(day, 6, 2)::int, 1) + right(day, 2)::int - 1)
      = substr(day, 6, 2)::int
    then day end;

-- One push of a learner after the other, so that whoever has read up to a number has missed none below it. The lock is
-- the learner's row, which he cannot reach himself: an advisory lock could be taken by anybody, and for ever.
create function mnemosyne.begin_push() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$
declare
  pusher text := case current_setting('role') when 'none' then session_user else current_setting('role') end;
begin
  perform from mnemosyne.learner where name = pusher for no key update;
  if not found then
    raise insufficient_privilege using message = format('%s is not a learner of this class', pusher);
  end if;
  return null;
end $$;
create trigger begin_push before insert on mnemosyne.event for each statement execute function mnemosyne.begin_push();

-- Runs with the learner's own rights: it looks at his rows only. Nothing in a line can make it fail but what is no
-- event at all: figures out of range are left out.
create function mnemosyne.read_line() returns trigger language plpgsql set search_path = pg_catalog as $$
declare
  facts jsonb := mnemosyne.facts(new.line);
begin
  if facts ->> 'id' is distinct from replace(new.id::text, '-', '') then
    raise check_violation using message = format('the line of event %s has another id', new.id);
  end if;
  new.number := coalesce((select max(number) from mnemosyne.event where learner = new.learner), 0) + 1;
  new.received_at := now();
  new.kind := facts ->> 'kind';
  new.card := left(facts ->> 'card', 200);
  new.day := mnemosyne.study_day(facts ->> 'day');
  new.quality := substring(facts ->> 'quality' from '^[0-5]$');
  new.apart := coalesce(facts -> 'drill' = 'true' or facts -> 'practice' = 'true', false);
  new.spent := least(coalesce(substring(facts ->> 'duration' from '^\d{{1,15}}$')::bigint / 1000, 0), 3600000);
  new.misconception := left(facts ->> 'misconception', 200);
  new.undone := substring(facts ->> 'of' from '^[0-9a-f]{{32}}$')::uuid;
  return new;
end $$;
create trigger read_line before insert on mnemosyne.event for each row execute function mnemosyne.read_line();

-- Count anew what each of these learners did with each of these cards on each of these days.
create function mnemosyne.count_answers(learners text[], cards text[], days text[]) returns void language plpgsql
set search_path = pg_catalog as $$
#variable_conflict use_column
declare
  changed_learners text[];
  changed_days text[];
begin
  with touched as (
    select distinct learner, card, day from unnest(learners, cards, days) as touched (learner, card, day)
  ), answer as (
    select e.*, not e.apart and row_number() over (partition by e.learner, e.card, e.day, e.apart order by e.id) = 1
      as counts
    from touched join mnemosyne.event e using (learner, card, day)
    where e.kind = 'review' and not exists (
      select from mnemosyne.event u where u.learner = e.learner and u.undone = e.id
    )
  )
  insert into mnemosyne.tally
  select t.learner, t.card, t.day, coalesce(bool_or(a.counts), false),
    coalesce(bool_or(a.counts and a.quality >= 3), false), false, count(a.id), coalesce(sum(a.spent), 0),
    coalesce(array_agg(a.misconception) filter (where a.misconception is not null), '{{}}')
  from touched t left join answer a using (learner, card, day) group by t.learner, t.card, t.day
  on conflict (learner, card, day) do update set reviewed = excluded.reviewed, passed = excluded.passed,
    answers = excluded.answers, spent = excluded.spent, misconceptions = excluded.misconceptions;

  with first as (
    select learner, card, min(t.day) filter (where t.reviewed) as day
    from (select distinct learner, card from unnest(learners, cards) as touched (learner, card)) c
    join mnemosyne.tally t using (learner, card) group by learner, card
  ), changed as (
    update mnemosyne.tally t set seen = not t.seen from first
    where t.learner = first.learner and t.card = first.card and t.seen <> coalesce(t.day > first.day, false)
    returning t.learner, t.day
  )
  select array_agg(learner), array_agg(day) into changed_learners, changed_days from changed;

  insert into mnemosyne.day_tally
  select learner, day, sum(answers), count(*) filter (where reviewed), count(*) filter (where passed),
    count(*) filter (where reviewed and seen), count(*) filter (where passed and seen), sum(spent)
  from (
    select distinct learner, day from unnest(learners || changed_learners, days || changed_days) as d (learner, day)
  ) touched join mnemosyne.tally using (learner, day) group by learner, day
  on conflict (learner, day) do update set answers = excluded.answers, reviews = excluded.reviews,
    passed = excluded.passed, tests = excluded.tests, kept = excluded.kept, spent = excluded.spent;
end $$;
revoke execute on function mnemosyne.count_answers from public;

-- Planned once for a connection: a push of twenty events costs less than five plans of it.
create function mnemosyne.keep_tally() returns trigger language plpgsql security definer
set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
begin
  perform mnemosyne.count_answers(array_agg(learner), array_agg(card), array_agg(day)) from (
    select learner, card, day from arrived where kind = 'review'
    union
    select e.learner, e.card, e.day from arrived a join mnemosyne.event e on e.learner = a.learner and e.id = a.undone
    where e.kind = 'review'
  ) as touched where card is not null and day is not null having count(*) > 0;
  return null;
end $$;
create trigger keep_tally after insert on mnemosyne.event referencing new table as arrived
for each statement execute function mnemosyne.keep_tally();
