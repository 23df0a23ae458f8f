import type { RowGroups } from './groups.ts';
import { bodyBytesOf, type BodyWriter } from './bodies.ts';
import { markerOf, type PlannedGroups, type ProofKind } from './planned-groups.ts';

/** How a request can be sent. */
export interface RouteFit {
  /** The index of the best route that accepts it. */
  best: number;
  /** By route. */
  proofs: ProofKind[];
  /** Why better routes don’t accept it. */
  passedOver: { route: string; reason: string; forLeadTime: boolean }[];
}

interface KnownPlan {
  tag: string;
  groups: PlannedGroups;
  /** By group: its source group of rows, and how that could be sent. */
  madeOf: Uint32Array;
  fits: RouteFit[];
}

/**
 * What earlier plans found out about the groups of rows, so that choosing other rows of the same source reads no request again.
 * For plans with the same routes, server and omitted fields.
 */
export class PlanMemory {
  private allGroups: RowGroups | undefined;
  private contents: Float64Array | undefined;
  private plan: KnownPlan | undefined;
  /** The group of that plan for each group of rows, from 1; 0 if it has none. */
  private plannedAs = new Uint32Array();

  rowGroups(make: () => RowGroups): RowGroups {
    return (this.allGroups ??= make());
  }

  /** A hash of what a group of rows says. */
  contentOf(rowGroup: number, make: () => number): number {
    const contents = (this.contents ??= new Float64Array(this.allGroups!.count).fill(-1));
    if (contents[rowGroup] === -1) contents[rowGroup] = make();
    return contents[rowGroup]!;
  }

  /** How a group of rows could be sent; undefined if no plan had it. */
  fitOf(rowGroup: number): RouteFit | undefined {
    return this.plan?.fits[this.plannedAs[rowGroup]! - 1];
  }

  /** Copies the body of a group of rows that a plan had, with another marker. */
  copyBody(rowGroup: number, marker: string, bodies: BodyWriter): void {
    const { groups, tag } = this.plan!;
    const group = this.plannedAs[rowGroup]! - 1;
    bodies.copy(bodyBytesOf(groups, group), markerOf(tag, group), marker);
  }

  /** Keeps the plan with the most groups. */
  keep(plan: KnownPlan): void {
    if (plan.groups.count <= (this.plan?.groups.count ?? 0)) return;
    this.plan = plan;
    this.plannedAs = new Uint32Array(this.allGroups!.count);
    for (const [group, rowGroup] of plan.madeOf.entries()) this.plannedAs[rowGroup] = group + 1;
  }
}
